using System;
using System.Text;
using System.Text.Json;
using NetGen.Models.Safetensors;
using Xunit;

namespace NetGen.Models.Tests;

/// <summary>The reader of JSON against that of System.Text.Json.</summary>
public sealed class JsonReaderTests
{
    private const int Depth = 8;

    /// <summary>Texts that are changed at random are JSON for this reader if they are for System.Text.Json, and have the same tokens.</summary>
    [Fact]
    public void The_reader_takes_what_the_other_takes()
    {
        string[] texts =
        [
            """{"__metadata__":{"format":"pt","a b":"\u00e9\\\"\n\ud83d\ude00"},"x.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}   """,
            """ {"a":[1,-0.5e+3,0,10,true,false,null,[],{},[[{"b":"ü"}]]], "c" : "" }""",
            """[[[[[[[[[1]]]]]]]]]""",
            "17",
            "",
        ];
        var random = new Random(1);
        int accepted = 0;
        for (int round = 0; round < 10_000; round++)
        {
            byte[] json = Encoding.UTF8.GetBytes(texts[round % texts.Length]);
            for (int change = random.Next(3); change > 0 && json.Length > 0; change--)
            {
                // Mostly characters that mean something.
                int at = random.Next(json.Length);
                json[at] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)"{}[],:\"\\ 0123eE+-.tfnu"[random.Next(22)];
                json = random.Next(4) == 0 ? json[..at] : json;
            }

            string expected = TokensOfTheOther(json);
            Assert.Equal(expected, Tokens(json));
            accepted += expected.EndsWith("end", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(accepted, 1_200, 8_800);
    }

    private static string TokensOfTheOther(byte[] json)
    {
        var tokens = new StringBuilder();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
            while (reader.Read())
            {
                tokens.Append(reader.TokenType).Append(' ');
                tokens.Append(reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : "");
                tokens.Append(reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out long value) ? value : "").Append(';');
            }

            return tokens.Append("end").ToString();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "refused";
        }
    }

    private static string Tokens(byte[] json)
    {
        var tokens = new StringBuilder();
        try
        {
            // The text is a part of the array.
            var reader = new JsonReader([(byte)'"', .. json, (byte)'"'], 1, json.Length, Depth);
            while (reader.Read())
            {
                tokens.Append(reader.Token).Append(' ');
                tokens.Append(reader.Token is JsonToken.String or JsonToken.PropertyName ? reader.GetString() : "");
                tokens.Append(reader.Token is JsonToken.Number && reader.TryGetInt64(out long value) ? value : "").Append(';');
            }

            return tokens.Append("end").ToString();
        }
        catch (FormatException)
        {
            return "refused";
        }
    }
}
