// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.privileges;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One privilege on one object. Immutable and thread-safe.
 *
 * @param privilege as {@code GRANT} and {@code SHOW GRANTS} write it, such as {@code SELECT}
 * @param object what it is granted on, quoted as {@code GRANT} takes it: {@code *.*}, a database with {@code .*}, or a table
 * @param reasons what a run needs it for, after the word "to"; at least one
 */
public record PrivilegeGrant(String privilege, String object, List<String> reasons) {
    public PrivilegeGrant {
        requireNonNull(privilege, "privilege");
        requireNonNull(object, "object");
        reasons = List.copyOf(reasons);
    }
}
