using System;
using System.Linq;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>Tests that compare forms compare different code: what is compiled once for several forms has one text in all of them.</summary>
public sealed class FormTests
{
    [Fact]
    public void Forms_share_a_class_where_they_share_the_text()
    {
        // A sample in every lane is for networks smaller than this one: whichever lanes are asked for, vectors of 128 bits are all that is left.
        Form[] forms = [Form.Lanes512, Form.Lanes256, Form.Vectors512, Form.Vectors256, Form.Scalar];
        Networks.Prepare([SampleNetworks.Linear], forms);
        Type[] types = forms.Select(form => Networks.Type(SampleNetworks.Linear, form)).ToArray();
        Assert.Same(types[0], types[1]);
        Assert.Equal(4, types.Distinct().Count());
    }
}
