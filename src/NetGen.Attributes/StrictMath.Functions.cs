#if NET
using System.Runtime.Intrinsics;
#endif
using NetGen.Runtime;

namespace NetGen;

/// <content>The functions, each for numbers and for vectors.</content>
public static partial class StrictMath
{
    private readonly struct ExpOf : IFunction
    {
        public float Of(float x) => Strict1.Exp(x);

        public double Of(double x) => Strict1.Exp(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Exp(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Exp(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Exp(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Exp(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Exp(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Exp(x);
#endif
    }

    private readonly struct Expm1Of : IFunction
    {
        public float Of(float x) => Strict1.Expm1(x);

        public double Of(double x) => Strict1.Expm1(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Expm1(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Expm1(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Expm1(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Expm1(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Expm1(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Expm1(x);
#endif
    }

    private readonly struct LogOf : IFunction
    {
        public float Of(float x) => Strict1.Log(x);

        public double Of(double x) => Strict1.Log(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Log(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Log(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Log(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Log(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Log(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Log(x);
#endif
    }

    private readonly struct Log1pOf : IFunction
    {
        public float Of(float x) => Strict1.Log1p(x);

        public double Of(double x) => Strict1.Log1p(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Log1p(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Log1p(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Log1p(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Log1p(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Log1p(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Log1p(x);
#endif
    }

    private readonly struct SigmoidOf : IFunction
    {
        public float Of(float x) => Strict1.Sigmoid(x);

        public double Of(double x) => Strict1.Sigmoid(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Sigmoid(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Sigmoid(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Sigmoid(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Sigmoid(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Sigmoid(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Sigmoid(x);
#endif
    }

    private readonly struct SoftplusOf : IFunction
    {
        public float Of(float x) => Strict1.Softplus(x);

        public double Of(double x) => Strict1.Softplus(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Softplus(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Softplus(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Softplus(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Softplus(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Softplus(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Softplus(x);
#endif
    }

    private readonly struct TanhOf : IFunction
    {
        public float Of(float x) => Strict1.Tanh(x);

        public double Of(double x) => Strict1.Tanh(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Tanh(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Tanh(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Tanh(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Tanh(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Tanh(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Tanh(x);
#endif
    }

    private readonly struct ErfOf : IFunction
    {
        public float Of(float x) => Strict1.Erf(x);

        public double Of(double x) => Strict1.Erf(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Erf(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Erf(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Erf(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Erf(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Erf(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Erf(x);
#endif
    }

    private readonly struct ErfcOf : IFunction
    {
        public float Of(float x) => Strict1.Erfc(x);

        public double Of(double x) => Strict1.Erfc(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Erfc(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Erfc(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Erfc(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Erfc(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Erfc(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Erfc(x);
#endif
    }

    private readonly struct SinOf : IFunction
    {
        public float Of(float x) => Strict1.Sin(x);

        public double Of(double x) => Strict1.Sin(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Sin(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Sin(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Sin(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Sin(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Sin(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Sin(x);
#endif
    }

    private readonly struct CosOf : IFunction
    {
        public float Of(float x) => Strict1.Cos(x);

        public double Of(double x) => Strict1.Cos(x);

#if NET
        public Vector128<float> Of(Vector128<float> x) => Strict1.Cos(x);

        public Vector256<float> Of(Vector256<float> x) => Strict1.Cos(x);

        public Vector512<float> Of(Vector512<float> x) => Strict1.Cos(x);

        public Vector128<double> Of(Vector128<double> x) => Strict1.Cos(x);

        public Vector256<double> Of(Vector256<double> x) => Strict1.Cos(x);

        public Vector512<double> Of(Vector512<double> x) => Strict1.Cos(x);
#endif
    }
}
