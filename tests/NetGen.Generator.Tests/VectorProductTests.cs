using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Generator.Formulas;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using NetGen.Generator.Planning;
using NetGen.TestKit;
using Xunit;
using Buffer = NetGen.Generator.Lowering.Buffer;

namespace NetGen.Generator.Tests;

/// <summary>
/// The products of layers with vectors, run without C#: in every width, in loops and straight, for one sample and for a batch, they have the bits of loops over numbers.
/// </summary>
public sealed class VectorProductTests
{
    private const int Count = 40;

    private const int Seed = 30_011;

    /// <summary>Multiply-adds of the networks that are run.</summary>
    private const int MostMultiplyAdds = 300;

    /// <summary>Samples of a batch: a whole group, and one that fills none.</summary>
    private const int Samples = 9;

    private const double Scale = -0.25;

    private static readonly Lazy<NetworkSpec[]> Specs = new(() => GeneratorCost.Specs(
        RandomDeclarations.Create(Seed, Count).Select((declaration, index) => declaration with { Precision = index % 2 == 0 ? "Single" : "Double" }).ToArray(), Form.Auto));

    [Fact]
    public void Have_the_bits_of_numbers()
    {
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        foreach (NetworkPlan plan in Plans(isFused: false))
        {
            var expected = new Dictionary<string, string>();
            foreach ((string name, string kind, string bits) in plan.VectorWidths.SelectMany(width => Run(plan, width)))
            {
                if (!expected.TryGetValue(name, out string? same))
                {
                    expected.Add(name, same = Expected(plan, name));
                }

                Assert.True(same == bits, $"{plan.Spec.Type.Name}, {plan.Layers[0].Form}: {name}");
                kinds.Add(kind);
            }
        }

        Assert.Equal(
            "Affine AffineBatch Backward ForwardBatch InputGradient InputGradientBatch ParameterGradient ParameterGradientBatch", string.Join(" ", kinds));
    }

    [Fact]
    public void Have_the_bits_of_each_other_where_they_round_once()
    {
        var bits = new Dictionary<string, string>();
        int contracted = 0;
        foreach (NetworkPlan plan in Plans(isFused: true))
        {
            foreach ((string name, _, string same) in plan.VectorWidths.SelectMany(width => Run(plan, width)))
            {
                string key = $"{plan.Spec.Type.Name} {name}";
                Assert.True(!bits.TryGetValue(key, out string? first) || first == same, $"{plan.Layers[0].Form}: {key}");
                bits[key] = same;
                contracted += name.StartsWith("Affine1", StringComparison.Ordinal) && same != Expected(plan, name) ? 1 : 0;
            }
        }

        Assert.Contains(bits.Keys, key => key.Contains(" InputGradientColumns", StringComparison.Ordinal));
        Assert.True(contracted > Count, $"{contracted} results with other bits than strict ones");
    }

    private static IEnumerable<NetworkPlan> Plans(bool isFused) => Specs.Value
        .SelectMany(spec => new[] { LayerForm.Looped, LayerForm.UnrolledInputs, LayerForm.Unrolled }
            .Select(form => Planner.Plan(spec with { IsFused = isFused }, new PlanChoice(MethodShape.LayerByLayer, form, [512, 256, 128]))))
        .Where(plan => plan.MultiplyAdds <= MostMultiplyAdds);

    /// <summary>What each kernel of a width writes.</summary>
    private static IEnumerable<(string Name, string Kind, string Bits)> Run(NetworkPlan plan, int width)
    {
        KernelFunction[] kernels = KernelProof.Products(plan, width).Select(kernel => kernel.Body.Count > 0 ? kernel : Activation(plan, kernel)).ToArray();
        Assert.Empty(Verify.Faults(kernels));
        var interpreter = new Interpreter(kernels, plan.Spec.Number, plan.Spec.IsFused);
        foreach (KernelFunction kernel in kernels.Where(kernel => kernel.IsContract))
        {
            (string kind, Values values) = Split(plan, kernel.Signature.Name);
            if (IsOfBatch(kind) && values.Layer.Form != LayerForm.Looped)
            {
                // The form is that of one sample.
                continue;
            }

            var memory = new Dictionary<string, double[]>();
            if (kind == "InputGradientColumns")
            {
                memory["columns"] = values.Columns();
            }

            object[] arguments = kernel.Signature.Parameters.Select(parameter => parameter switch
            {
                { Buffer: { } buffer } => (Interpreter.Memory)(memory[buffer.Name] = memory.TryGetValue(buffer.Name, out double[]? own) ? own : values.Of(buffer)),
                { Kind: NumberKind.Integer } => (object)(double)values.Samples,
                _ => Scale,
            }).ToArray();
            interpreter.Run(kernel.Signature.Name, arguments);
            yield return (kernel.Signature.Name, kind, Bits(values, kind, memory));
        }
    }

    private static string Bits(Values values, string kind, Dictionary<string, double[]> memory)
    {
        int samples = IsOfBatch(kind) ? values.Samples : 1;
        string Of(string name, int stride, int used) => memory.TryGetValue(name, out double[]? numbers)
            ? string.Join(" ", Enumerable.Range(0, samples).SelectMany(sample => numbers.Skip(sample * stride).Take(used)).Select(value => BitConverter.DoubleToInt64Bits(value).ToString("X")))
            : "";
        LayerPlan layer = values.Layer;
        int dx = ParameterRule.PaddedUnits(layer.Inputs);
        string scaled = kind == "ParameterGradientBatch" ? Of("delta", layer.PaddedUnits, layer.Units) : "";
        string g = memory.TryGetValue("g", out double[]? gradient) ? string.Join(" ", gradient.Select(value => BitConverter.DoubleToInt64Bits(value).ToString("X"))) : "";
        string columns = kind == "Transpose" ? string.Join(" ", memory["columns"]) : "";
        return $"z {Of("z", layer.PaddedUnits, layer.Units)} dx {Of("dx", dx, dx)} g {g} delta {scaled} columns {columns}";
    }

    /// <summary>The same from loops over numbers, sample by sample.</summary>
    private static string Expected(NetworkPlan plan, string name)
    {
        (string kind, Values values) = Split(plan, name);
        LayerPlan layer = values.Layer;
        var w = new Buffer("w", layer.WeightLength);
        Buffer? b = layer.UseBias ? new Buffer("b", layer.PaddedUnits) : null;
        var parameters = new LayerBuffers(w, b);
        var x = new Buffer("x", layer.Inputs);
        var z = new Buffer("z", layer.PaddedUnits);
        var delta = new Buffer("delta", layer.PaddedUnits);
        var dx = new Buffer("dx", ParameterRule.PaddedUnits(layer.Inputs));
        var rounding = new Rounding(ByCast: false);
        KernelParameter[] all = new[] { w, b, x, z, delta, dx }.OfType<Buffer>().Select(buffer => (KernelParameter)buffer).Append(KernelParameter.Number("scale")).ToArray();
        var interpreter = new Interpreter(
            [
                new KernelFunction(new Signature("Forward", all), [], LoopProducts.Forward(layer, parameters, x, z, rounding)),
                new KernelFunction(new Signature("InputGradient", all), [], LoopProducts.InputGradient(layer, parameters, delta, dx, rounding)),
                new KernelFunction(new Signature("ParameterGradient", all), [], LoopProducts.ParameterGradient(layer, parameters, x, delta)),
                Activation(plan, new KernelFunction(new Signature($"Activation{layer.Number}", z, z with { Name = "a" }, new Count("samples", 1)), [], [])),
            ],
            plan.Spec.Number);
        var memory = new Dictionary<string, double[]>();
        foreach (string result in kind switch
        {
            "Affine" or "AffineBatch" or "ForwardBatch" => new[] { "z" },
            "InputGradient" or "InputGradientBatch" => ["dx"],
            "ParameterGradient" => ["g"],
            "ParameterGradientBatch" => ["g", "delta"],
            _ => ["dx", "g"],
        })
        {
            memory[result] = result == "g" ? values.Gradient() : new double[values.Samples * Math.Max(z.Length, dx.Length)];
        }

        Interpreter.Memory Part(double[] numbers, int start, int length) => ((Interpreter.Memory)numbers).Slice(start, length);
        for (int sample = 0; sample < (IsOfBatch(kind) ? values.Samples : 1); sample++)
        {
            double[] zs = new double[z.Length];
            double[] dxs = new double[dx.Length];
            double[] deltas = values.Delta(sample);
            void Loops(string kernel, double[] buffer)
            {
                var arguments = new List<object> { Part(buffer, layer.WeightOffset, w.Length) };
                if (b is not null)
                {
                    arguments.Add(Part(buffer, layer.BiasOffset, b.Length));
                }

                arguments.AddRange(new[] { values.X(sample), zs, deltas, dxs }.Select(numbers => (object)(Interpreter.Memory)numbers).Append(Scale));
                interpreter.Run(kernel, arguments.ToArray());
            }

            if (memory.ContainsKey("z"))
            {
                Loops("Forward", values.Parameters);
            }

            if (memory.ContainsKey("dx"))
            {
                Loops("InputGradient", values.Parameters);
            }

            if (memory.TryGetValue("g", out double[]? g))
            {
                Loops("ParameterGradient", g);
            }

            if (kind == "ForwardBatch")
            {
                interpreter.Run($"Activation{layer.Number}", (Interpreter.Memory)zs, (Interpreter.Memory)zs, 1.0);
            }

            foreach ((string result, double[] row) in new[] { ("z", zs), ("dx", dxs), ("delta", deltas.Select(value => values.Scaled(value)).ToArray()) })
            {
                if (memory.TryGetValue(result, out double[]? numbers))
                {
                    row.CopyTo(numbers, sample * row.Length);
                }
            }
        }

        return Bits(values, kind, memory);
    }

    /// <summary>The activation of a layer that a batch applies to its sums, for one sample.</summary>
    private static KernelFunction Activation(NetworkPlan plan, KernelFunction kernel)
    {
        LayerPlan layer = plan.Layers[int.Parse(kernel.Signature.Name["Activation".Length..], System.Globalization.CultureInfo.InvariantCulture) - 1];
        if (!plan.ActivatesSums(layer))
        {
            return kernel;
        }

        Buffer z = kernel.Signature.Parameters[0].Buffer!;
        Buffer a = kernel.Signature.Parameters[1].Buffer!;
        var unit = new Loop("j", 0, layer.PaddedUnits);
        Expression value = layer.Forward.Single().Value.Fold(layer.Units).Replace(_ => new Load(z, unit));
        return kernel with { Body = [new For(unit, [new Store(a, unit, plan.Spec.IsFused ? Express.Products(value) : value)])] };
    }

    private static bool IsOfBatch(string kind) => kind.Contains("Batch", StringComparison.Ordinal) || kind is "Transpose" or "InputGradientColumns";

    private static (string Kind, Values Values) Split(NetworkPlan plan, string kernel)
    {
        string kind = kernel.TrimEnd("0123456789".ToCharArray());
        return (kind, new Values(plan, plan.Layers[int.Parse(kernel[kind.Length..], System.Globalization.CultureInfo.InvariantCulture) - 1]));
    }

    /// <summary>What goes into a layer: the same numbers whatever asks for them.</summary>
    private sealed class Values(NetworkPlan plan, LayerPlan layer)
    {
        public LayerPlan Layer => layer;

        public int Samples => Math.Min(VectorProductTests.Samples, Math.Max(plan.BlockSamples, plan.ForwardBlockSamples));

        public double[] Parameters { get; } = Buffer(plan, 1);

        public double[] Gradient() => Buffer(plan, 2);

        public double[] X(int sample) => Numbers(plan, 3 + sample, layer.Inputs, layer.Inputs);

        public double[] Delta(int sample) => Numbers(plan, 103 + sample, layer.Units, layer.PaddedUnits);

        public double Scaled(double value) => Rounded(plan, value * Scale);

        /// <summary>The weights unit by unit in rows of inputs.</summary>
        public double[] Columns()
        {
            int stride = ParameterRule.PaddedUnits(layer.Inputs);
            double[] columns = new double[layer.TransposedLength];
            double[] parameters = Parameters;
            foreach ((int input, int unit) in Enumerable.Range(0, layer.Inputs).SelectMany(input => Enumerable.Range(0, layer.Units).Select(unit => (input, unit))))
            {
                columns[(unit * stride) + input] = parameters[layer.WeightOffset + layer.Weight(input, unit)];
            }

            return columns;
        }

        /// <summary>What a kernel finds in a buffer.</summary>
        public double[] Of(Buffer buffer)
        {
            double[] numbers = new double[buffer.Size.Most];
            switch (buffer.Name)
            {
                case "p":
                    return Parameters;
                case "g":
                    return Gradient();
                case "x":
                    Fill(numbers, plan.InputStride(layer), X);
                    break;
                case "delta":
                    Fill(numbers, layer.PaddedUnits, Delta);
                    break;
            }

            return numbers;
        }

        private void Fill(double[] numbers, int stride, Func<int, double[]> row)
        {
            for (int sample = 0; sample < Math.Min(Samples, numbers.Length / stride); sample++)
            {
                row(sample).CopyTo(numbers, sample * stride);
            }
        }

        /// <summary>Numbers in the shape of the parameters, whose padding is 0.</summary>
        private static double[] Buffer(NetworkPlan plan, int seed)
        {
            double[] numbers = Numbers(plan, seed, plan.BufferLength, plan.BufferLength);
            double[] buffer = new double[plan.BufferLength];
            foreach (LayerPlan one in plan.Layers)
            {
                IEnumerable<int> weights = Enumerable.Range(0, one.Inputs).SelectMany(input => Enumerable.Range(0, one.Units).Select(unit => one.WeightOffset + one.Weight(input, unit)));
                foreach (int element in one.UseBias ? weights.Concat(Enumerable.Range(one.BiasOffset, one.Units)) : weights)
                {
                    buffer[element] = numbers[element];
                }
            }

            return buffer;
        }

        private static double Rounded(NetworkPlan plan, double value) => plan.Spec.Number == NumberType.Single ? (float)value : value;

        private static double[] Numbers(NetworkPlan plan, int seed, int count, int length)
        {
            var random = new Random(seed);
            return Enumerable.Range(0, length).Select(index => index < count ? Rounded(plan, (random.NextDouble() * 2) - 1) : 0).ToArray();
        }
    }
}
