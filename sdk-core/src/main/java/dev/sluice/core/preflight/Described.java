// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.preflight.CheckDescription;
import dev.sluice.api.preflight.Finding.Level;

/** What rules and checks tell about themselves, for the list of them in {@code docs/preflight.md}. */
interface Described {
    /** A stable name such as {@code same-server}. */
    String id();

    /** The one code of its problems. */
    ErrorCode code();

    /** How bad a problem is. */
    Level level();

    /** Whether a plan may leave it out. */
    boolean canBeSkipped();

    /** The same for users. */
    default CheckDescription description() {
        return new CheckDescription(id(), level(), code(), canBeSkipped());
    }
}
