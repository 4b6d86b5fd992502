// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A throttle that always answers: whoever fails to say whether it may go on says that it may not. Thread-safe if the throttle is. */
public final class AnsweringThrottle implements CopyThrottle {
    private static final Logger log = LoggerFactory.getLogger(AnsweringThrottle.class);

    private final CopyThrottle asked;
    private final Consumer<RuntimeException> failures;
    /** It is asked every second, maybe for hours: the log hears of the first failure, and of the next one after an answer. */
    private final AtomicBoolean isFailing = new AtomicBoolean();

    /** Asks one that may throw. */
    public AnsweringThrottle(CopyThrottle asked) {
        this(asked, failed -> log.warn("A throttle could not be asked whether it goes on.", failed));
    }

    /** The same, with who hears of failures. */
    AnsweringThrottle(CopyThrottle asked, Consumer<RuntimeException> failures) {
        this.asked = asked;
        this.failures = failures;
    }

    @Override
    public Optional<String> reasonToPause() {
        try {
            Optional<String> reason = asked.reasonToPause();
            isFailing.set(false);
            return reason;
        } catch (RuntimeException failed) {
            if (!isFailing.getAndSet(true)) {
                failures.accept(failed);
            }
            // Its words may be anything; its kind tells no secret.
            return Optional.of("the throttle failed with " + failed.getClass().getName());
        }
    }
}
