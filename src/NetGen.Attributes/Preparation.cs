using System;
using System.CodeDom.Compiler;
using System.Collections.Generic;
using System.ComponentModel;
#if NET
using System.Diagnostics.CodeAnalysis;
#endif
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Has the JIT compile a network before it is needed: every member of a second network runs once, which nobody else sees and whose parameters are its own.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Preparation
{
    /// <summary>Samples of batches: one, a few, and more than a block.</summary>
    private static readonly int[] BatchSizes = { 1, 3, 9, 35, 70 };

    /// <summary>Weights of a layer at most that a large batch may transpose first.</summary>
    private const int MostTransposedWeights = 1 << 14;

    /// <summary>Elements of a batch at most, so that little memory is taken for the largest networks.</summary>
    private const long MostElements = 1 << 22;

    /// <summary>Creates a network of the same class without running anything of the user's: no constructor, no initialiser, no finaliser.</summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network.</param>
    /// <returns>An empty network; null where nothing is compiled while the program runs, and where the user has implemented a contract.</returns>
#if NET
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "There is an object of this type, and no constructor is called.")]
    [UnconditionalSuppressMessage("Trimming", "IL2087", Justification = "There is an object of this type, and no constructor is called.")]
#endif
    public static TNetwork? Create<TNetwork>(TNetwork network)
        where TNetwork : class
    {
        if (!RuntimeFeature.IsDynamicCodeCompiled)
        {
            return null;
        }

        // An abstract class has no objects of its own.
        Type type = typeof(TNetwork).IsAbstract ? network.GetType() : typeof(TNetwork);
        if (!IsGenerated(typeof(TNetwork), type))
        {
            return null;
        }

        var created = (TNetwork)RuntimeHelpers.GetUninitializedObject(type);
        GC.SuppressFinalize(created);
        return created;
    }

    /// <summary>
    /// Whether every member of the contracts is the generator's: a derived class may implement a contract anew, and the user's part of the class may implement a
    /// member explicitly although there is a public one.
    /// </summary>
#if NET
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A member that nobody can call need not be found.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "A member that nobody can call need not be found.")]
#endif
    private static bool IsGenerated(Type generated, Type type)
    {
        foreach (Type contract in generated.GetInterfaces())
        {
            if (contract.Assembly != typeof(Preparation).Assembly || contract.GetGenericArguments().Length != 1)
            {
                continue;
            }

            InterfaceMapping map = type.GetInterfaceMap(contract);
            for (int member = 0; member < map.TargetMethods.Length; member++)
            {
                MethodInfo target = map.TargetMethods[member];
                Type[] parameters = Array.ConvertAll(target.GetParameters(), parameter => parameter.ParameterType);
                if (Array.Exists(parameters, parameter => parameter.IsByRef) || target.DeclaringType is { IsInterface: true })
                {
                    // For a parameter with in the compiler writes a member that looks like one of the user's. Such are compiled and not run. What a contract does itself is nobody else's.
                    continue;
                }

                if (target.DeclaringType != generated || (!target.IsPublic && HasGenerated(generated, map.InterfaceMethods[member].Name, parameters)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether there is a generated public member with exactly these parameters: a <c>double</c> is no <c>float</c>.</summary>
#if NET
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A member that nobody can call need not be found.")]
#endif
    private static bool HasGenerated(Type generated, string name, Type[] parameters) => generated
        .GetMethod(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.ExactBinding, null, parameters, null)?
        .IsDefined(typeof(GeneratedCodeAttribute), inherit: false) == true;

    /// <summary>Runs every member of what only computes outputs, and has no parameters of its own to change.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="predictor">The network.</param>
    /// <param name="inputs">Values of an input.</param>
    /// <param name="outputs">Values of an output.</param>
    public static void Run<T>(IPredictor<T> predictor, int inputs, int outputs)
        where T : unmanaged
    {
        if (!RuntimeFeature.IsDynamicCodeCompiled)
        {
            return;
        }

        predictor.Forward(new T[inputs], new T[outputs]);
        foreach (int samples in BatchSizes)
        {
            predictor.ForwardBatch(new T[samples * inputs], new T[samples * outputs]);
        }
    }

    /// <summary>Runs every member of a network once.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="scratch">A network that nobody else sees, with parameters.</param>
    public static void Run<T>(INetwork<T> scratch)
        where T : unmanaged
    {
        ParameterBuffer<T> parameters = scratch.Parameters;
        int inputs = parameters.Layout.InputCount;
        int outputs = parameters.Layout.OutputCount;
        ParameterBuffer<T> gradient = scratch.CreateGradient();
        T[] canonical = new T[parameters.Layout.ParameterCount];
        RunBuffers(scratch, gradient, canonical);

        T[] x = new T[inputs];
        T[] a = new T[outputs];
        T[] dx = new T[inputs];
        T[] trace = new T[scratch.TraceLength];
        scratch.Forward(x, a);
        scratch.Forward(x, a, trace);
        if (parameters.Layout.Layers.Count > 1 && parameters.Layout.Layers[0].TraceOffset >= 0)
        {
            scratch.Activations(trace, 0);
        }

        scratch.Backward(x, trace, a, gradient);
        scratch.Backward(x, trace, a, gradient, dx);
        List<int> batches = Batches(parameters.Layout, Math.Max(inputs, outputs));
        foreach (int samples in batches)
        {
            scratch.ForwardBatch(new T[samples * inputs], new T[samples * outputs]);
        }

        if (scratch is ITrainable<T> trainable)
        {
            RunTraining(trainable, gradient, x, new T[outputs], dx, batches);
        }

        if (scratch is IWeightedTrainable<T>)
        {
            PrepareTerms(scratch);
        }
    }

    private static List<int> Batches(ParameterLayout layout, int elements)
    {
        int transposing = 0;
        foreach (LayerLayout layer in layout.Layers)
        {
            if (layer.WeightCount <= MostTransposedWeights)
            {
                // A sample for every two units of the widest layer, padding included.
                transposing = Math.Max(transposing, Math.Max(layer.Units, layer.Inputs) / 2 + 16);
            }
        }

        var batches = new List<int>(BatchSizes) { transposing };
        batches.RemoveAll(samples => samples == 0 || (samples > 1 && samples * (long)elements > MostElements));
        return batches;
    }

    private static void RunBuffers<T>(INetwork<T> scratch, ParameterBuffer<T> gradient, T[] canonical)
        where T : unmanaged
    {
        ParameterBuffer<T> parameters = scratch.Parameters;
        scratch.Initialize(1);
        parameters.CopyTo(canonical);
        parameters.CopyFrom(canonical);
        gradient.CopyFrom(parameters);
        gradient.Clear();
        parameters.AddScaled(gradient, default);
        if (parameters.Layout.Layers[0].HasWeights)
        {
            parameters.Weight(0, 0, 0) = default;
        }

        if (parameters.Layout.Layers[0].HasBias)
        {
            parameters.Bias(0, 0) = default;
        }

        parameters.AsSpan().Clear();
        scratch.Initialize(1);
    }

    private static void RunTraining<T>(ITrainable<T> scratch, ParameterBuffer<T> gradient, T[] x, T[] y, T[] dx, List<int> batches)
        where T : unmanaged
    {
        var classifier = scratch as IClassifier<T>;
        T rate = default;
        scratch.Backward(x, y, gradient);
        scratch.Backward(x, y, gradient, dx);
        classifier?.Backward(x, 0, gradient);
        foreach (int samples in batches)
        {
            T[] inputs = new T[samples * x.Length];
            T[] targets = new T[samples * y.Length];
            scratch.BackwardBatch(inputs, targets, gradient);
            scratch.BackwardBatch(inputs, targets, gradient, new T[inputs.Length]);
            classifier?.BackwardBatch(inputs, new int[samples], gradient);
        }

        scratch.SgdStep(x, y, rate);
        scratch.SgdStep(x, y, rate, dx);
        classifier?.SgdStep(x, 0, rate);
    }

    /// <summary>Has what is particular to batches with terms compiled; everything else they share with those without.</summary>
    private static void PrepareTerms<T>(INetwork<T> scratch)
        where T : unmanaged
    {
        PrepareMembers(scratch.GetType(), typeof(IWeightedTrainable<T>));
        if (scratch is IWeightedClassifier<T>)
        {
            PrepareMembers(scratch.GetType(), typeof(IWeightedClassifier<T>));
        }

        var terms = new BatchTerms<T>(new T[1], new[] { true, false });
        TargetRows.Check(terms, 1, 2);
        TargetRows.CheckAllowed(terms, new T[2], default, 2, 0, 2, isCategorical: true);
        TargetRows.CheckAllowed(terms, default, new int[1], 2, 0, 2, isCategorical: true);
    }

    /// <summary>Has the members of a contract compiled, and the public ones of the same name that they call.</summary>
#if NET
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "A member that nobody can call need not be found.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A member that nobody can call need not be found.")]
#endif
    private static void PrepareMembers(Type type, Type contract)
    {
        InterfaceMapping map = type.GetInterfaceMap(contract);
        for (int member = 0; member < map.TargetMethods.Length; member++)
        {
            MethodInfo target = map.TargetMethods[member];
            RuntimeHelpers.PrepareMethod(target.MethodHandle);
            Type[] parameters = Array.ConvertAll(target.GetParameters(), parameter => parameter.ParameterType);
            if (type.GetMethod(map.InterfaceMethods[member].Name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.ExactBinding, null, parameters, null) is { } called)
            {
                RuntimeHelpers.PrepareMethod(called.MethodHandle);
            }
        }
    }
}
