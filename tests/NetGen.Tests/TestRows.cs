using System.Collections.Generic;
using NetGen.TestKit;
using Xunit;

namespace NetGen.Tests;

/// <summary>Rows of tests that several classes have in common.</summary>
internal static class TestRows
{
    /// <summary>So many declarations of a list, each by its index and in every form.</summary>
    public static TheoryData<int, Form> Of(int declarations, IEnumerable<Form> forms)
    {
        var data = new TheoryData<int, Form>();
        for (int index = 0; index < declarations; index++)
        {
            foreach (Form form in forms)
            {
                data.Add(index, form);
            }
        }

        return data;
    }
}
