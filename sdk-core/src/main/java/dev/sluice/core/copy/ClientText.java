// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Writes statements as a client with another {@code character_set_client} would have sent them. Thread-safe: no state.
 *
 * @see <a href="https://dev.mysql.com/doc/connector-j/en/connector-j-reference-charsets.html">MySQL: character sets and Java's
 *     encodings</a>
 */
final class ClientText {
    private static final String LATIN1 = "latin1";

    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("ascii", "US-ASCII"),
            Map.entry("big5", "Big5"),
            Map.entry("binary", "UTF-8"),
            Map.entry("cp1250", "windows-1250"),
            Map.entry("cp1251", "windows-1251"),
            Map.entry("cp1256", "windows-1256"),
            Map.entry("cp1257", "windows-1257"),
            Map.entry("cp850", "IBM850"),
            Map.entry("cp852", "IBM852"),
            Map.entry("cp866", "IBM866"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("eucjpms", "x-eucJP-Open"),
            Map.entry("euckr", "EUC-KR"),
            Map.entry("gb18030", "GB18030"),
            Map.entry("gb2312", "GB2312"),
            Map.entry("gbk", "GBK"),
            Map.entry("greek", "ISO-8859-7"),
            Map.entry("hebrew", "ISO-8859-8"),
            Map.entry("koi8r", "KOI8-R"),
            Map.entry("koi8u", "KOI8-U"),
            Map.entry(LATIN1, "windows-1252"),
            Map.entry("latin2", "ISO-8859-2"),
            Map.entry("latin5", "ISO-8859-9"),
            Map.entry("latin7", "ISO-8859-13"),
            Map.entry("sjis", "Shift_JIS"),
            Map.entry("tis620", "TIS-620"),
            Map.entry("ujis", "EUC-JP"),
            Map.entry("utf8", "UTF-8"),
            Map.entry("utf8mb3", "UTF-8"),
            Map.entry("utf8mb4", "UTF-8"));

    private ClientText() {}

    /** The bytes, or empty if the text has characters that this character set, or this JVM, does not know. */
    static Optional<byte[]> encode(String text, String characterSet) {
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            return Optional.of(text.getBytes(StandardCharsets.US_ASCII));
        }
        if (characterSet.equals(LATIN1)) {
            return latin1(text);
        }
        String javaName = JAVA_NAMES.get(characterSet);
        return javaName == null || !Charset.isSupported(javaName)
                ? Optional.empty()
                : encode(text, Charset.forName(javaName));
    }

    private static Optional<byte[]> encode(String text, Charset charset) {
        CharsetEncoder encoder = charset.newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            ByteBuffer bytes = encoder.encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return Optional.of(exact);
        } catch (CharacterCodingException unmappable) {
            return Optional.empty();
        }
    }

    /** MySQL's latin1 is windows-1252 with the five bytes that it leaves out as control characters. */
    private static Optional<byte[]> latin1(String text) {
        CharsetEncoder encoder = Charset.forName("windows-1252").newEncoder();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (encoder.canEncode(c)) {
                byte[] one = String.valueOf(c).getBytes(encoder.charset());
                bytes.write(one, 0, one.length);
            } else if (c >= 0x81 && c <= 0x9d) {
                bytes.write(c);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(bytes.toByteArray());
    }
}
