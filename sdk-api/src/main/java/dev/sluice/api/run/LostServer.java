// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

/**
 * A server of a run that is gone for good: terminated, rebuilt as another one, or handed to somebody else. Only a person knows that, so that
 * nothing is ever taken for lost by itself.
 */
public enum LostServer {
    /** The server that the run was to copy and replicate from. */
    SOURCE,
    /** The server that the run was to load and to point at its source. */
    REPLICA
}
