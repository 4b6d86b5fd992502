// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.error.SluiceException;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets a person say that something was done that only a person can do: {@code done ACTION [ANSWER]} and Enter. */
final class PersonsAnswers implements RunListener {
    private final InputStream in;
    private final PrintStream out;
    private final CompletableFuture<ReplicationRun> run = new CompletableFuture<>();
    private final AtomicBoolean reads = new AtomicBoolean();

    PersonsAnswers(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    void belongTo(ReplicationRun begun) {
        run.complete(begun);
    }

    @Override
    public void onEvent(RunEvent event) {
        if (!(event instanceof RunEvent.PersonNeeded needed)) {
            return;
        }
        out.println("      Type: done " + needed.action().id()
                + (needed.action().question().isPresent() ? " ANSWER" : "") + ", and Enter");
        // A program in the background that reads from its terminal is stopped: so only now.
        if (reads.compareAndSet(false, true)) {
            Thread reader = new Thread(this::read, "answers");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void read() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answer(line.strip().split("\\s+", 3));
            }
        } catch (IOException closed) {
            out.println("Nothing more can be typed (" + closed.getMessage() + "): press Ctrl-C, do it, and resume");
        }
    }

    private void answer(String[] words) {
        if (words.length < 2 || !words[0].equals("done")) {
            out.println("Type: done ACTION [ANSWER]");
            return;
        }
        String person = System.getProperty("user.name");
        try {
            if (words.length == 2) {
                run.join().confirm(words[1], person);
            } else {
                run.join().confirm(words[1], person, words[2]);
            }
        } catch (IllegalArgumentException | SluiceException refused) {
            out.println(refused.getMessage());
        }
    }
}
