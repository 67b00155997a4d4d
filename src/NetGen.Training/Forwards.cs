#if NET
using System.Runtime.CompilerServices;

// The build for .NET Standard has this type itself, and it stands in the signature of every property that is set once. Who was compiled for
// that build finds it here.
[assembly: TypeForwardedTo(typeof(IsExternalInit))]
#endif
