using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Fuzz.Damaged;

/// <summary>Layouts of random networks: chains and others, with sizes so small that many layers have the same.</summary>
internal static class RandomLayout
{
    private const int MostLayers = 6;
    private const int MostUnits = 3;

    /// <summary>Names that tensors and layers have, with what means something in one: numbers, separators, words of libraries.</summary>
    public static readonly string[] Names =
    [
        "a", "b", "net.0", "net.1", "net.2", "net.10", "dense", "dense_1", "layers/dense", "layers.0", "layers.1", "layers.7", "x\\y", "weight", "vars/0", "a/vars", "optimizer", "extra.a", "log_std", "0", "1",
        "a.weight", "a\u001b[2J", "网", "\u202e", new string('n', 300), "", "a.b.c", "kernel", "_metrics/m",
    ];

    /// <summary>Draws one.</summary>
    public static ParameterLayout Create(Random random)
    {
        int count = random.Next(1, MostLayers + 1);
        bool isChain = random.Next(2) == 0;
        bool isNumbered = random.Next(2) == 0;
        string[] names = Names.Where(name => name.Length > 0).OrderBy(_ => random.Next()).ToArray();
        var layers = new List<LayerLayout>();
        var blocks = new List<ParameterBlock>();
        int element = 0;
        int inputs = random.Next(1, MostUnits + 1);
        int size = inputs;
        for (int layer = 0; layer < count; layer++)
        {
            int read = isChain ? size : random.Next(1, MostUnits + 1);
            string name = isNumbered || random.Next(4) == 0 ? $"layers.{layer}" : names[layer];
            name = blocks.Exists(block => block.Name.StartsWith(name + ".", StringComparison.Ordinal)) ? $"layer{layer}" : name;
            void Add(string block, ParameterRole role, params int[] shape)
            {
                blocks.Add(new ParameterBlock($"{name}.{block}", layer, role, shape, element, 1, shape.Length == 2 ? shape[1] : 1, 0, 0));
                element += shape.Aggregate((product, next) => product * next);
            }

            size = read;
            switch (random.Next(isChain ? 5 : 9))
            {
                case < 4:
                    size = random.Next(1, MostUnits + 1);
                    layers.Add(new LayerLayout(read, size, element, 1, read, -1, 0, -1));
                    Add("weight", ParameterRole.Weight, size, read);
                    break;
                case 4 or 5:
                    layers.Add(new LayerLayout(read, read, -1));
                    Add("weight", ParameterRole.Weight, read);
                    break;
                case 6:
                    layers.Add(new LayerLayout(read, read, -1));
                    Add("mean", ParameterRole.Statistic, read);
                    Add("variance", ParameterRole.Statistic, read);
                    break;
                case 7:
                    layers.Add(new LayerLayout(read, read, -1));
                    Add("value", ParameterRole.Bias, read);
                    break;
                default:
                    layers.Add(new LayerLayout(read, read, -1));
                    break;
            }

            if (blocks.Count > 0 && blocks[^1].Name == $"{name}.weight" && random.Next(2) == 0)
            {
                Add("bias", ParameterRole.Bias, size);
            }
        }

        return new ParameterLayout(element, isChain ? inputs : random.Next(1, 2 * MostUnits), isChain ? size : random.Next(1, 2 * MostUnits), [.. layers], [.. blocks]);
    }
}
