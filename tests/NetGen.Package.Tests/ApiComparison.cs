using System.Collections.Generic;
using System.Linq;

namespace NetGen.Package.Tests;

/// <summary>What a library that was compiled against an older assembly would miss in a newer one.</summary>
internal static class ApiComparison
{
    public static IEnumerable<string> Gone(IReadOnlyList<ApiType> older, IReadOnlyList<ApiType> newer)
    {
        Dictionary<string, ApiType> byHeading = newer.ToDictionary(type => type.Heading);
        foreach (ApiType type in older)
        {
            if (!byHeading.TryGetValue(type.Heading, out ApiType? found))
            {
                yield return $"gone: {type.Heading}";
                continue;
            }

            foreach (string given in type.Bases.Except(found.Bases))
            {
                yield return $"no longer {given}: {type.Heading}";
            }

            foreach (ApiMember member in type.Members.Except(found.Members))
            {
                yield return $"gone: {member.Line}";
            }

            foreach (ApiMember member in found.Members.Except(type.Members).Where(member => type.IsContract && member.IsAbstract))
            {
                yield return $"new, and lacking in classes that were compiled before: {member.Line}";
            }
        }
    }
}
