// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.webhook;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Posts what becomes of runs to a webhook. Give it to {@code Sluice.builder().listener(…)}, and close it after the Sluice.
 *
 * <p>A listener may be slow without harming a run: its events wait for it. But they wait without end, and all listeners of a run share one
 * thread. So this one only puts messages into a queue of its own, which has room for a few, and sends them from a thread of its own. A webhook
 * that is down for an hour costs messages, never memory, and nobody waits for it.
 */
public final class WebhookListener implements RunListener, AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final int TOO_MANY_REQUESTS = 429;

    private final WebhookSettings settings;
    private final Consumer<String> complaints;
    private final BlockingQueue<String> waiting;
    private final HttpClient client;
    private final Thread sender;
    private volatile boolean closed;

    /** @param complaints told, on any thread, of each message that was given up, and why; such as {@code log::warn} */
    public WebhookListener(WebhookSettings settings, Consumer<String> complaints) {
        this.settings = settings;
        this.complaints = complaints;
        this.waiting = new ArrayBlockingQueue<>(settings.room());
        this.client = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
        this.sender = new Thread(this::sendAll, "webhook");
        this.sender.setDaemon(true);
        this.sender.start();
    }

    @Override
    public void onEvent(RunEvent event) {
        WebhookMessage.of(event).ifPresent(message -> {
            if (!waiting.offer(message)) {
                givenUp(message, settings.room() + " others wait already");
            }
        });
    }

    private void sendAll() {
        try {
            while (!closed || !waiting.isEmpty()) {
                String message = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (message != null) {
                    send(message);
                }
            }
        } catch (InterruptedException stopped) {
            // Whoever closed this has waited long enough.
            waiting.forEach(message -> givenUp(message, "closed"));
        }
    }

    private void send(String message) throws InterruptedException {
        try {
            trySeveralTimes(message);
        } catch (InterruptedException stopped) {
            givenUp(message, "closed");
            throw stopped;
        }
    }

    private void trySeveralTimes(String message) throws InterruptedException {
        Duration pause = settings.pause();
        for (int attempt = 1; attempt < settings.tries(); attempt++) {
            Answer answer = tryToSend(message);
            if (answer.isDone()) {
                return;
            }
            if (answer.isPointless()) {
                givenUp(message, answer.told());
                return;
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2);
        }
        Answer last = tryToSend(message);
        if (!last.isDone()) {
            givenUp(message, last.told() + " at try " + settings.tries());
        }
    }

    /**
     * How a try ended.
     *
     * @param status of HTTP; 0 if none came
     */
    private record Answer(int status, String told) {
        boolean isDone() {
            return status / 100 == 2;
        }

        /** The endpoint has understood, and does not want it. */
        boolean isPointless() {
            return status / 100 == 4 && status != TOO_MANY_REQUESTS;
        }
    }

    private Answer tryToSend(String message) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(settings.endpoint())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message))
                .build();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return new Answer(status, "status " + status);
        } catch (IOException failed) {
            return new Answer(0, failed.getClass().getSimpleName());
        }
    }

    private void givenUp(String message, String why) {
        complaints.accept("The " + settings + " was not told: " + why + ". " + message);
    }

    /** Sends what waits, for at most five seconds; tells of each message that is given up then. */
    @Override
    public void close() {
        closed = true;
        try {
            sender.join(LAST_WORDS.toMillis());
            sender.interrupt();
            sender.join();
        } catch (InterruptedException interrupted) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
