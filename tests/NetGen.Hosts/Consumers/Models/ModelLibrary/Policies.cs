using System;
using System.Globalization;
using System.Linq;
using NetGen;

namespace Models
{
    [Model("policies/policy.onnx")]
    public sealed partial class Policy { }

    [Model("large/policy.onnx")]
    public sealed partial class Large { }

    [Model("outside.onnx")]
    public sealed partial class Outside { }

    [Model("named.onnx")]
    public sealed partial class Named { }

    /// <summary>What the models compute.</summary>
    public static class Policies
    {
        /// <summary>How many files the compiler was given as additional ones, as another generator saw them.</summary>
        public const int Files = Foreign.Files;

        /// <summary>The outputs of all, relative to that of the first.</summary>
        public static string Run()
        {
            IPredictor<float>[] all = { Policy.Shared, Large.Shared, Outside.Shared, Named.Shared };
            float[] outputs = all.Select(network =>
            {
                float[] y = new float[1];
                network.Forward(new float[] { 1, 2 }, y);
                return y[0];
            }).ToArray();
            return "models: " + string.Join(" ", outputs.Select(output => (output / outputs[0]).ToString(CultureInfo.InvariantCulture)));
        }
    }
}
