// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.operation.Target;
import java.util.List;

/**
 * A privilege without which a step cannot do its work. Immutable and thread-safe.
 *
 * @param target on which server
 * @param anyOf names as {@code SHOW GRANTS} writes them, one of which must be held on {@code *.*}
 * @param reason what it is needed for, for people
 */
public record RequiredPrivilege(Target target, List<String> anyOf, String reason) {
    public RequiredPrivilege {
        anyOf = List.copyOf(anyOf);
    }
}
