// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.endpoint;

/**
 * Something that only one kind of server can do, given with its endpoint: {@code from(source, option)}. The type parameter is
 * that endpoint's type, so that another engine's option does not compile. Implementations are immutable data; their engine
 * writes and reads them.
 *
 * @param <E> the type of endpoint that it is for
 */
public interface EndpointOption<E extends Endpoint> {
    /** A stable name, unique within the engine, by which it is stored. */
    String name();
}
