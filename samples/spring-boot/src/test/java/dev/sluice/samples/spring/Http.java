// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls the service as the README does by curl, and remembers what was called and what came. */
final class Http {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> calls = new TreeSet<>();
    private final List<String> answers = new ArrayList<>();
    private int port;

    void at(int servicePort) {
        port = servicePort;
    }

    /** What was called, runs as {@code $RUN}. */
    Set<String> calls() {
        return calls;
    }

    String allAnswers() {
        return String.join("\n", answers);
    }

    String get(String path) {
        return call("GET", path, 200);
    }

    String post(String path, int expected) {
        return call("POST", path, expected);
    }

    String call(String method, String path, int expected) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            answers.add(response.body());
            if (response.statusCode() != expected) {
                throw new AssertionError(method + " " + path + " answers " + response.statusCode() + ", not " + expected
                        + ": " + response.body());
            }
            calls.add(method + " " + path.replaceAll("/r-[^/]+", "/\\$RUN"));
            return response.body();
        } catch (IOException failed) {
            throw new AssertionError(method + " " + path, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** The text of a field of a JSON object. */
    static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new AssertionError("No " + name + " in " + json);
        }
        return found.group(1);
    }
}
