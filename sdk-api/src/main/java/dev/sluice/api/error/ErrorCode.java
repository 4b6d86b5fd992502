// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

/**
 * A stable, searchable code of one kind of failure. Each module has an enum of its own codes; {@code docs/errors.md} lists
 * them all.
 *
 * <p>Implementations are immutable and thread-safe.
 */
public interface ErrorCode {
    /** The code as people search for it, such as {@code CORE-101}. Never reused for another meaning. */
    String id();

    /** What is wrong, in MySQL's terms, without the values of the particular case. */
    String meaning();

    /** What a person can do about it. */
    String remedy();

    /** Whether repeating the same run later, with nothing changed by a person, can succeed. */
    default Retry retry() {
        return Retry.POINTLESS;
    }

    /** Whether another try can help. */
    enum Retry {
        /** The same try fails again until somebody changes something. */
        POINTLESS,
        /** The cause may pass by itself. */
        CAN_HELP,
        /**
         * The cause passes by itself, but may take minutes or hours, such as a resource that is being changed: tried again as long as the
         * step has time, and not only a few times.
         */
        CAN_TAKE_LONG
    }
}
