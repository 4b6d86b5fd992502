// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A throttle that always answers: whoever fails to say whether it may go on says that it may not. Thread-safe if the throttle is.
 *
 * @param asked the one that may throw
 */
public record AnsweringThrottle(CopyThrottle asked) implements CopyThrottle {
    private static final Logger log = LoggerFactory.getLogger(AnsweringThrottle.class);

    @Override
    public Optional<String> reasonToPause() {
        try {
            return asked.reasonToPause();
        } catch (RuntimeException failed) {
            // Its words may be anything; its kind tells no secret.
            log.warn("A throttle could not be asked whether it goes on.", failed);
            return Optional.of("the throttle failed with " + failed.getClass().getName());
        }
    }
}
