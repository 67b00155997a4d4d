using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace NetGen.Training
{
    /// <summary>What newer frameworks have, under the same names.</summary>
    internal static class Polyfills
    {
        extension(ArgumentNullException)
        {
            public static void ThrowIfNull(object? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
            {
                if (argument is null)
                {
                    throw new ArgumentNullException(name);
                }
            }
        }

        extension(ArgumentException)
        {
            public static void ThrowIfNullOrEmpty(string? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
            {
                ArgumentNullException.ThrowIfNull(argument, name);
                if (argument!.Length == 0)
                {
                    throw new ArgumentException("The text is empty.", name);
                }
            }
        }

        /// <exception cref="EndOfStreamException">There are fewer bytes.</exception>
        public static void ReadExactly(this Stream stream, Span<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                int count = stream.Read(bytes);
                if (count == 0)
                {
                    throw new EndOfStreamException();
                }

                bytes = bytes[count..];
            }
        }
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>Hands the text of an argument to the method.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class CallerArgumentExpressionAttribute(string parameterName) : Attribute
    {
        public string ParameterName { get; } = parameterName;
    }
}
