using System;

namespace NetGen;

/// <summary>
/// Makes a partial class the network of a model file of ONNX: <c>[Model("policy.onnx")] public sealed partial class Policy { }</c>. Beside <see cref="NetworkAttribute"/> and layers the file, also one of
/// safetensors, brings their first parameters. It is one of the project's items
/// <c>&lt;NetGenModel Include="policy.onnx" /&gt;</c>, its weights become part of the assembly, and nothing reads it at run time.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>Names the file.</summary>
    /// <param name="file">The name of the file, with as many of its folders before it as are needed to tell it from others, separated by <c>/</c>: <c>policy.onnx</c>, <c>walker/policy.onnx</c>.</param>
    public ModelAttribute(string file)
    {
        File = file;
    }

    /// <summary>The name of the file.</summary>
    public string File { get; }

    /// <summary>
    /// The outputs that are wanted, by their names in the file; <c>"continuous_actions as Move"</c> gives one another name here. Those that depend on an input by default; what is left out
    /// stands in the remarks of the class.
    /// </summary>
    public string[]? Outputs { get; set; }

    /// <summary>Leaves out the noise with which some models choose an action: of a random number its mean is taken, of a choice the likeliest.</summary>
    public bool Deterministic { get; set; }

    /// <summary>
    /// Also generates gradients, and a buffer of parameters for each network, which begin as those of the file: <c>INetwork</c>. By default the class only computes outputs,
    /// <c>IPredictor</c>, with parameters that all of its kind share.
    /// </summary>
    public bool Trainable { get; set; }

    /// <summary>The number type of parameters and computation: <see cref="float"/> by default.</summary>
    public Precision Precision { get; set; }

    /// <summary>How the network rounds: <see cref="Arithmetic.Strict"/> by default, the same bits on every machine.</summary>
    public Arithmetic Arithmetic { get; set; }

    /// <summary>Most parameters that the model may have; 0, the default, is no limit. For builds that must notice when a file has become another one.</summary>
    public int MaxParameters { get; set; }
}
