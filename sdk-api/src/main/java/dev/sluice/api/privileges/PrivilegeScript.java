// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.privileges;

import java.util.List;

/**
 * The statements that create the accounts of a compiled plan, with exactly the privileges that its statements need: the same list by which
 * {@code compile} and {@code preflight} tell what is missing. Holds no password. {@code toString()} is {@link #text()}. Immutable and
 * thread-safe.
 */
public interface PrivilegeScript {
    /** The accounts: the source's login, the replica's, and the replication account, as far as the plan uses them. */
    List<AccountPrivileges> accounts();

    /** As SQL with comments, for a terminal or a file: who runs it puts passwords in. */
    String text();

    /** For programs; the same data. */
    String json();
}
