// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.webhook;

import java.net.URI;
import java.time.Duration;

/**
 * Where a webhook is, and how patiently it is told.
 *
 * @param endpoint often a secret itself, and so told to nobody; {@link #toString()} leaves its path out
 * @param room how many messages wait at most; what comes when there is no room is dropped
 * @param tries how often a message is sent at most
 * @param pause before the second try; doubled before each further one
 * @param timeout of one try
 */
public record WebhookSettings(URI endpoint, int room, int tries, Duration pause, Duration timeout) {
    /** Room for a hundred messages, five tries within half a minute, and ten seconds for each. */
    public static WebhookSettings at(URI endpoint) {
        return new WebhookSettings(endpoint, 100, 5, Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    @Override
    public String toString() {
        return "webhook at " + endpoint.getHost();
    }
}
