// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.Optional;

/**
 * The application's say in when a copy pauses. Asked about once a second while rows are copied, on one thread a copy that does
 * nothing else, and never after the copy has ended. Nothing is read before its first answer. One that throws pauses the copy, and so does one
 * that has not answered for ten seconds, until it does.
 */
@FunctionalInterface
public interface CopyThrottle {
    /** Never pauses. */
    CopyThrottle NONE = Optional::empty;

    /**
     * Why the copy must not go on now, in words for people, which are in {@code RunEvent.CopyPaused}; empty if it may. Never a
     * secret.
     */
    Optional<String> reasonToPause();
}
