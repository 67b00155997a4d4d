using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace NetGen.Runtime;

/// <summary>
/// How products are added, and the functions that go with it: the type parameter of kernels whose text serves strict and fused arithmetic. A sum of products begins with
/// <see cref="First(Vector128{float}, Vector128{float})"/>, goes on with <see cref="MultiplyAdd(Vector128{float}, Vector128{float}, Vector128{float})"/>, and ends with
/// <see cref="WithoutMinusZero(Vector128{float})"/>.
/// </summary>
/// <remarks>
/// The runtime looks for a member from the first one on at every call that it compiles: what kernels call most stands first. Once published it stays as it is, and more is
/// another interface.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IArithmetic
{
    /// <summary>x·y + z.</summary>
    static abstract Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z);

    /// <summary>x·y + z.</summary>
    static abstract Vector128<double> MultiplyAdd(Vector128<double> x, Vector128<double> y, Vector128<double> z);

    /// <summary>0 + x·y, but for the sign of a zero, for which <see cref="WithoutMinusZero(Vector128{float})"/> has to follow.</summary>
    static abstract Vector128<float> First(Vector128<float> x, Vector128<float> y);

    /// <summary>0 + x·y, but for the sign of a zero, for which <see cref="WithoutMinusZero(Vector128{double})"/> has to follow.</summary>
    static abstract Vector128<double> First(Vector128<double> x, Vector128<double> y);

    /// <summary>A sum that began with <see cref="First(Vector128{float}, Vector128{float})"/>, or what it is added to, as if it had begun with 0.</summary>
    static abstract Vector128<float> WithoutMinusZero(Vector128<float> sum);

    /// <summary>A sum that began with <see cref="First(Vector128{double}, Vector128{double})"/>, or what it is added to, as if it had begun with 0.</summary>
    static abstract Vector128<double> WithoutMinusZero(Vector128<double> sum);

    /// <summary>−x·y + z.</summary>
    static abstract Vector128<float> NegativeMultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z);

    /// <summary>−x·y + z.</summary>
    static abstract Vector128<double> NegativeMultiplyAdd(Vector128<double> x, Vector128<double> y, Vector128<double> z);

    /// <summary>x·y + z.</summary>
    static abstract float MultiplyAdd(float x, float y, float z);

    /// <summary>x·y + z.</summary>
    static abstract double MultiplyAdd(double x, double y, double z);

    /// <inheritdoc cref="Strict1.Erfc(Vector128{float})"/>
    static abstract Vector128<float> Erfc(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Erfc(Vector128{double})"/>
    static abstract Vector128<double> Erfc(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Exp(Vector128{float})"/>
    static abstract Vector128<float> Exp(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Exp(Vector128{double})"/>
    static abstract Vector128<double> Exp(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Expm1(Vector128{float})"/>
    static abstract Vector128<float> Expm1(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Expm1(Vector128{double})"/>
    static abstract Vector128<double> Expm1(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Log(Vector128{float})"/>
    static abstract Vector128<float> Log(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Log(Vector128{double})"/>
    static abstract Vector128<double> Log(Vector128<double> x);

    /// <inheritdoc cref="Strict1.LogFromOne(Vector128{float})"/>
    static abstract Vector128<float> LogFromOne(Vector128<float> x);

    /// <inheritdoc cref="Strict1.LogFromOne(Vector128{double})"/>
    static abstract Vector128<double> LogFromOne(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Sigmoid(Vector128{float})"/>
    static abstract Vector128<float> Sigmoid(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Sigmoid(Vector128{double})"/>
    static abstract Vector128<double> Sigmoid(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Softplus(Vector128{float})"/>
    static abstract Vector128<float> Softplus(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Softplus(Vector128{double})"/>
    static abstract Vector128<double> Softplus(Vector128<double> x);

    /// <inheritdoc cref="Strict1.SoftplusTail(Vector128{float})"/>
    static abstract Vector128<float> SoftplusTail(Vector128<float> x);

    /// <inheritdoc cref="Strict1.SoftplusTail(Vector128{double})"/>
    static abstract Vector128<double> SoftplusTail(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Tanh(Vector128{float})"/>
    static abstract Vector128<float> Tanh(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Tanh(Vector128{double})"/>
    static abstract Vector128<double> Tanh(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Sin(Vector128{float})"/>
    static abstract Vector128<float> Sin(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Sin(Vector128{double})"/>
    static abstract Vector128<double> Sin(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Cos(Vector128{float})"/>
    static abstract Vector128<float> Cos(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Cos(Vector128{double})"/>
    static abstract Vector128<double> Cos(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Erf(Vector128{float})"/>
    static abstract Vector128<float> Erf(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Erf(Vector128{double})"/>
    static abstract Vector128<double> Erf(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Log1p(Vector128{float})"/>
    static abstract Vector128<float> Log1p(Vector128<float> x);

    /// <inheritdoc cref="Strict1.Log1p(Vector128{double})"/>
    static abstract Vector128<double> Log1p(Vector128<double> x);

    /// <inheritdoc cref="Strict1.Erfc(float)"/>
    static abstract float Erfc(float x);

    /// <inheritdoc cref="Strict1.Erfc(double)"/>
    static abstract double Erfc(double x);

    /// <inheritdoc cref="Strict1.Exp(float)"/>
    static abstract float Exp(float x);

    /// <inheritdoc cref="Strict1.Exp(double)"/>
    static abstract double Exp(double x);

    /// <inheritdoc cref="Strict1.Expm1(float)"/>
    static abstract float Expm1(float x);

    /// <inheritdoc cref="Strict1.Expm1(double)"/>
    static abstract double Expm1(double x);

    /// <inheritdoc cref="Strict1.Log(float)"/>
    static abstract float Log(float x);

    /// <inheritdoc cref="Strict1.Log(double)"/>
    static abstract double Log(double x);

    /// <inheritdoc cref="Strict1.LogFromOne(float)"/>
    static abstract float LogFromOne(float x);

    /// <inheritdoc cref="Strict1.LogFromOne(double)"/>
    static abstract double LogFromOne(double x);

    /// <inheritdoc cref="Strict1.Sigmoid(float)"/>
    static abstract float Sigmoid(float x);

    /// <inheritdoc cref="Strict1.Sigmoid(double)"/>
    static abstract double Sigmoid(double x);

    /// <inheritdoc cref="Strict1.Softplus(float)"/>
    static abstract float Softplus(float x);

    /// <inheritdoc cref="Strict1.Softplus(double)"/>
    static abstract double Softplus(double x);

    /// <inheritdoc cref="Strict1.SoftplusTail(float)"/>
    static abstract float SoftplusTail(float x);

    /// <inheritdoc cref="Strict1.SoftplusTail(double)"/>
    static abstract double SoftplusTail(double x);

    /// <inheritdoc cref="Strict1.Tanh(float)"/>
    static abstract float Tanh(float x);

    /// <inheritdoc cref="Strict1.Tanh(double)"/>
    static abstract double Tanh(double x);

    /// <inheritdoc cref="Strict1.Sin(float)"/>
    static abstract float Sin(float x);

    /// <inheritdoc cref="Strict1.Sin(double)"/>
    static abstract double Sin(double x);

    /// <inheritdoc cref="Strict1.Cos(float)"/>
    static abstract float Cos(float x);

    /// <inheritdoc cref="Strict1.Cos(double)"/>
    static abstract double Cos(double x);

    /// <inheritdoc cref="Strict1.Erf(float)"/>
    static abstract float Erf(float x);

    /// <inheritdoc cref="Strict1.Erf(double)"/>
    static abstract double Erf(double x);

    /// <inheritdoc cref="Strict1.Log1p(float)"/>
    static abstract float Log1p(float x);

    /// <inheritdoc cref="Strict1.Log1p(double)"/>
    static abstract double Log1p(double x);
}
