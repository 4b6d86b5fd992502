// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

/** Regular expressions for how servers write names at the beginning of a definition. */
final class Definer {
    /** A name in backticks, or in quotes as under ANSI_QUOTES; both are doubled where the name holds them. */
    static final String NAME = "(?:`(?:[^`]|``)*+`|\"(?:[^\"]|\"\")*+\")";

    static final String ACCOUNT = NAME + "@" + NAME;

    private Definer() {}
}
