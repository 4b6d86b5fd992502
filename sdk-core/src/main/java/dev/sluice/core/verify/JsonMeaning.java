// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reduces JSON documents to what they mean, so that one number in two spellings is one number. MySQL 5.7 prints the double 1.0 as
 * {@code 1} and 8.0 as {@code 1.0}; a decimal 1.10 that was copied as text is a double and prints as {@code 1.1}. Thread-safe: no
 * state.
 */
final class JsonMeaning {
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(10_000)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(10_000)
                    .build())
            .build();

    private JsonMeaning() {}

    /** A checksum of what a document means. A text that is no JSON stands for itself. */
    static String checksum(String document) {
        MessageDigest digest = sha256();
        try (JsonParser parser = JSON.createParser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    add("number", digest);
                    add(number(parser.getText()), digest);
                    continue;
                }
                add(token.name(), digest);
                if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                    add(parser.getText(), digest);
                }
            }
        } catch (IOException notJson) {
            digest.reset();
            add(document, digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(String text, MessageDigest digest) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static String number(String digits) {
        BigDecimal number = new BigDecimal(digits);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every JDK has SHA-256", absent);
        }
    }
}
