// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

/** The replica is another server by now, or is about to become one. Never leaves the step in which it is seen. */
final class ReplicaMovedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReplicaMovedException(String what) {
        super(what);
    }
}
