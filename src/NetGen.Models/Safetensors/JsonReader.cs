using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace NetGen.Models.Safetensors;

/// <summary>What a token of JSON is.</summary>
internal enum JsonToken
{
    None,
    StartObject,
    EndObject,
    StartArray,
    EndArray,
    PropertyName,
    String,
    Number,
    True,
    False,
    Null,
}

/// <summary>
/// Reads JSON (RFC 8259) token by token and accepts the texts that System.Text.Json does: five libraries that a game would have to ship, for the header of a file.
/// </summary>
internal sealed class JsonReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _json;
    private readonly int _maxDepth;
    private readonly Stack<bool> _isObject = new();
    private readonly int _first;
    private readonly int _stop;
    private int _next;
    private int _start;
    private int _end;
    private bool _hasEnded;

    /// <param name="json">The bytes of the text.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="length">How many.</param>
    /// <param name="maxDepth">How deep objects and arrays may lie in each other.</param>
    public JsonReader(byte[] json, int start, int length, int maxDepth)
    {
        _json = json;
        _next = start;
        _first = start;
        _stop = start + length;
        _maxDepth = maxDepth;
    }

    /// <summary>What the token is.</summary>
    public JsonToken Token { get; private set; }

    /// <summary>Bytes of a name, string or number as it stands in the text, escapes included and quotation marks excluded.</summary>
    public int ValueLength => _end - _start;

    /// <summary>Goes to the next token.</summary>
    /// <returns>False behind the last one.</returns>
    /// <exception cref="FormatException">The text is not JSON.</exception>
    public bool Read()
    {
        SkipBlanks();
        if (_hasEnded)
        {
            return _next == _stop ? false : throw Error("expected nothing more");
        }

        bool isInObject = _isObject.Count > 0 && _isObject.Peek();
        if (Token == JsonToken.PropertyName)
        {
            Expect((byte)':');
            ReadValue();
        }
        else if (_isObject.Count > 0 && Peek() == (isInObject ? '}' : ']'))
        {
            Close();
        }
        else
        {
            if (Token is not (JsonToken.None or JsonToken.StartObject or JsonToken.StartArray))
            {
                Expect((byte)',');
            }

            if (isInObject)
            {
                ReadString();
                Token = JsonToken.PropertyName;
            }
            else
            {
                ReadValue();
            }
        }

        _hasEnded = _isObject.Count == 0;
        return true;
    }

    /// <summary>The text of a name or string.</summary>
    /// <exception cref="FormatException">It is not UTF-8.</exception>
    public string GetString()
    {
        try
        {
            string raw = Utf8.GetString(_json, _start, ValueLength);
            return raw.IndexOf('\\') >= 0 ? Unescape(raw) : raw;
        }
        catch (ArgumentException exception) when (exception is DecoderFallbackException or EncoderFallbackException)
        {
            throw new FormatException("A text is not UTF-8.", exception);
        }
    }

    /// <summary>The value of a number, if it is a whole one that fits.</summary>
    public bool TryGetInt64(out long value)
    {
        // None has more digits; a longer text need not be copied.
        value = 0;
        return ValueLength <= 20
            && long.TryParse(Utf8.GetString(_json, _start, ValueLength), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            char escape = raw[++i];
            if (escape == 'u')
            {
                text.Append((char)ushort.Parse(raw.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            text.Append(escape switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => escape });
        }

        // Half a pair of surrogates is no text.
        string result = text.ToString();
        Utf8.GetByteCount(result);
        return result;
    }

    private int Peek() => _next < _stop ? _json[_next] : -1;

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\n' or '\r')
        {
            _next++;
        }
    }

    private void Expect(byte character)
    {
        if (Peek() != character)
        {
            throw Error($"expected '{(char)character}'");
        }

        _next++;
        SkipBlanks();
    }

    private void ReadValue()
    {
        switch (Peek())
        {
            case '{':
                Open(isObject: true);
                break;
            case '[':
                Open(isObject: false);
                break;
            case '"':
                ReadString();
                Token = JsonToken.String;
                break;
            case 't':
                ReadWord("true", JsonToken.True);
                break;
            case 'f':
                ReadWord("false", JsonToken.False);
                break;
            case 'n':
                ReadWord("null", JsonToken.Null);
                break;
            default:
                ReadNumber();
                break;
        }
    }

    private void Open(bool isObject)
    {
        if (_isObject.Count == _maxDepth)
        {
            throw Error($"more than {_maxDepth} objects and arrays lie in each other");
        }

        _isObject.Push(isObject);
        _next++;
        Token = isObject ? JsonToken.StartObject : JsonToken.StartArray;
    }

    private void Close()
    {
        Token = _isObject.Pop() ? JsonToken.EndObject : JsonToken.EndArray;
        _next++;
    }

    private void ReadString()
    {
        if (Peek() != '"')
        {
            throw Error("expected '\"'");
        }

        _start = ++_next;
        for (; Peek() != '"'; _next++)
        {
            if (Peek() < ' ')
            {
                throw Error("a text does not end or has a control character");
            }

            if (Peek() == '\\')
            {
                _next++;
                SkipEscape();
            }
        }

        _end = _next++;
    }

    /// <summary>Leaves the position at the last character of the escape.</summary>
    private void SkipEscape()
    {
        if (Peek() is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't')
        {
            return;
        }

        if (Peek() != 'u')
        {
            throw Error("unknown escape");
        }

        for (int digit = 0; digit < 4; digit++)
        {
            _next++;
            if (Peek() is not ((>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F')))
            {
                throw Error("expected a hexadecimal digit");
            }
        }
    }

    private void ReadWord(string word, JsonToken type)
    {
        _start = _next;
        foreach (char character in word)
        {
            if (Peek() != character)
            {
                throw Error($"expected '{word}'");
            }

            _next++;
        }

        _end = _next;
        Token = type;
    }

    private void ReadNumber()
    {
        _start = _next;
        if (Peek() == '-')
        {
            _next++;
        }

        if (Peek() == '0')
        {
            _next++;
        }
        else
        {
            ReadDigits();
        }

        if (Peek() == '.')
        {
            _next++;
            ReadDigits();
        }

        if (Peek() is 'e' or 'E')
        {
            _next++;
            if (Peek() is '+' or '-')
            {
                _next++;
            }

            ReadDigits();
        }

        _end = _next;
        Token = JsonToken.Number;
    }

    private void ReadDigits()
    {
        int first = _next;
        while (Peek() is >= '0' and <= '9')
        {
            _next++;
        }

        if (_next == first)
        {
            throw Error("expected a digit");
        }
    }

    private FormatException Error(string message) => new(
        _next < _stop ? FormattableString.Invariant($"{message} at byte {_next - _first}") : $"{message}, but the text ends");
}
