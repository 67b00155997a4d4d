using System;

namespace NetGen.Models.Importing;

/// <summary>A node cannot be read: the message goes on from its name. The importer catches it, and goes on with the nodes that do not need this one.</summary>
internal sealed class ImportException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why not, and what would help.</param>
    public ImportException(string message)
        : base(message)
    {
    }
}
