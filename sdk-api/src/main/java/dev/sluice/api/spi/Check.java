// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.preflight.Finding;
import java.util.List;

/** Something that is looked at before anything is changed. Implementations are immutable and thread-safe. */
public interface Check {
    /** A stable name such as {@code source-row-format}, by which a plan's findings are told apart. */
    String id();

    /** What it finds; empty if all is well. Reads only. */
    List<Finding> examine(LiveContext context);
}
