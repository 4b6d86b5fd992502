// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import dev.sluice.api.run.RunId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call of a cloud provider's management API. The endpoint's engine makes it; without credentials it is an action for a person,
 * who sees {@link #command()}. What a run makes for a while carries the run's id in its name, which {@link #RUN} stands for until the call is
 * made. Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param service the service, such as {@code rds}
 * @param action the API operation, such as {@code ModifyDBInstance}
 * @param parameters its parameters by the API's names; never a secret
 * @param command the same as a command line for a person
 */
public record ControlPlaneOperation(
        OperationInfo info, String service, String action, Map<String, String> parameters, String command)
        implements Operation, Undo.Reversal {
    /** Stands for the run's id in parameters and command. */
    public static final String RUN = "<run>";

    public ControlPlaneOperation {
        parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** The call as this run makes it: with its id where {@link #RUN} stands. */
    public ControlPlaneOperation of(RunId run) {
        Map<String, String> filled = new TreeMap<>();
        parameters.forEach((name, value) -> filled.put(name, value.replace(RUN, run.value())));
        return new ControlPlaneOperation(info, service, action, filled, command.replace(RUN, run.value()));
    }

    @Override
    public List<String> preview() {
        return List.of(service + ":" + action + " " + parameters, command);
    }
}
