// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call of a cloud provider's management API. The endpoint's engine makes it; without credentials it is an action for a person,
 * who sees {@link #command()}. Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param service the service, such as {@code rds}
 * @param action the API operation, such as {@code ModifyDBInstance}
 * @param parameters its parameters by the API's names; never a secret
 * @param command the same as a command line for a person
 */
public record ControlPlaneOperation(
        OperationInfo info, String service, String action, Map<String, String> parameters, String command)
        implements Operation {
    public ControlPlaneOperation {
        parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    @Override
    public List<String> preview() {
        return List.of(service + ":" + action + " " + parameters, command);
    }
}
