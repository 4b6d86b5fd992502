// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.document.Document;
import dev.sluice.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page as a browser shows it, in the colours of day and night, as wide as a phone, and printed: whether axe finds something that keeps people
 * from reading it, whether it is wider than the screen, and what of it can be seen. Skipped where no Chromium is installed.
 */
@Timeout(180)
class ReportInBrowserTest {
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final Pattern FOUND = Pattern.compile("<pre id=\"found\">(.*?)</pre>", Pattern.DOTALL);

    /** Looks at the page in a frame of the given width, whatever the least width of a window, and writes what it sees. */
    private static final String LOOK = """
            <!DOCTYPE html><html lang="en"><title>t</title><body><iframe id="page" src="report.html" style="width:WIDTHpx;height:800px;border:0"></iframe>
            <script>
            document.getElementById('page').onload = async event => {
              const inside = event.target.contentWindow, page = inside.document;
              page.querySelectorAll('details').forEach(one => one.open = OPEN);
              const found = await inside.axe.run(page, {resultTypes: ['violations']});
              const seen = document.createElement('pre');
              seen.id = 'found';
              seen.textContent = JSON.stringify({
                overflow: page.documentElement.scrollWidth - page.documentElement.clientWidth,
                background: inside.getComputedStyle(page.body).backgroundColor,
                statement: page.querySelector('pre').checkVisibility({contentVisibilityAuto: true}),
                checked: found.passes.length,
                violations: found.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 200)).join(' '))
              });
              document.body.append(seen);
            };
            </script></body></html>
            """;

    @TempDir
    Path folder;

    private Document look(String html, int width, boolean open, String... options)
            throws IOException, InterruptedException {
        return look(html, width, String.valueOf(open), options);
    }

    /** @param open which details are open, as an expression about one of them */
    private Document look(String html, int width, String open, String... options)
            throws IOException, InterruptedException {
        Optional<Browser> browser = Browser.find();
        assumeTrue(browser.isPresent(), "No Chromium on the PATH, and the environment variable CHROMIUM names none");
        Files.writeString(folder.resolve("axe.min.js"), axe());
        Files.writeString(
                folder.resolve("report.html"), html.replace("</head>", "<script src=\"axe.min.js\"></script></head>"));
        Path page = Files.writeString(
                folder.resolve("look.html"),
                LOOK.replace("WIDTH", String.valueOf(width)).replace("OPEN", open));
        // Frames of files are strangers to each other otherwise.
        String dom = browser.get()
                .open(
                        page,
                        folder,
                        Stream.concat(Stream.of("--allow-file-access-from-files"), Stream.of(options))
                                .toArray(String[]::new));
        Matcher found = FOUND.matcher(dom);
        assertThat(found.find())
                .as("axe has looked at the page; it is now %s", dom)
                .isTrue();
        return Json.read(
                found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    }

    private static String axe() {
        try (InputStream script = ReportInBrowserTest.class.getResourceAsStream(AXE)) {
            return new String(script.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void isFine(Document seen) {
        assertThat(seen.texts("violations")).isEmpty();
        assertThat(seen.number("checked"))
                .as("rules of axe that the page passes")
                .isGreaterThan(10);
        assertThat(seen.number("overflow")).as("pixels beyond the screen").isZero();
    }

    private static String page() {
        return RunReport.fromJson(RunReportTest.JSON).toHtml();
    }

    @Test
    void everybodyCanReadItByDay() throws IOException, InterruptedException {
        Document seen = look(page(), 1200, true);

        isFine(seen);
        assertThat(seen.text("background")).isEqualTo("rgb(255, 255, 255)");
    }

    @Test
    void andAtNight() throws IOException, InterruptedException {
        Document seen = look(page(), 1200, true, "--blink-settings=preferredColorScheme=0");

        isFine(seen);
        assertThat(seen.text("background")).isEqualTo("rgb(19, 19, 22)");
    }

    @Test
    void andOnAPhone() throws IOException, InterruptedException {
        isFine(look(page(), 360, true));
    }

    /** More of everything, and headings of their own. */
    @Test
    void soIsThatOfARunThatWasResumed() throws IOException, InterruptedException {
        String resumed = PartsTest.whole().toHtml();

        isFine(look(resumed, 1200, true));
        isFine(look(resumed, 1200, true, "--blink-settings=preferredColorScheme=0"));
        isFine(look(resumed, 360, true));
    }

    @Test
    void whatFailedIsSeenAtOnce() throws IOException, InterruptedException {
        String failed = RunReport.fromJson(
                        RunReportTest.JSON.replace("\"outcome\": \"DONE\"", "\"outcome\": \"FAILED\""))
                .toHtml();

        Document seen = look(failed, 750, "one.open");
        assertThat(seen.truth("statement")).isTrue();
    }

    /** Paper cannot be clicked at. */
    @Test
    void whatWasSentIsPrintedToo() throws IOException, InterruptedException {
        assertThat(look(page(), 750, false).truth("statement"))
                .as("on the screen")
                .isFalse();

        String printed = page().replace("@media print", "@media all");
        assertThat(look(printed, 750, false).truth("statement")).as("printed").isTrue();
    }

    /** The look itself can fail. */
    @Test
    void whatNobodyCanReadIsFound() throws IOException, InterruptedException {
        String pale = page().replace("--soft: #55565c", "--soft: #bbbbbb").replace(" lang=\"en\"", "");

        assertThat(look(pale, 1200, true).texts("violations"))
                .anyMatch(one -> one.startsWith("color-contrast"))
                .anyMatch(one -> one.startsWith("html-has-lang"));
    }
}
