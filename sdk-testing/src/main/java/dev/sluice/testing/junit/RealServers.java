// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.junit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the servers that their parameters ask for. JUnit makes it, by the annotations of the parameters. */
final class RealServers implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(RealServers.class);

    /** Made by JUnit. */
    RealServers() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        boolean asks = Wanted.by(parameter.getParameter()).isPresent();
        if (asks && parameter.getParameter().getType() != RealServer.class) {
            throw new ParameterResolutionException("A parameter that asks for a server is a " + RealServer.class.getName() + ", not a "
                    + parameter.getParameter().getType().getName());
        }
        return asks;
    }

    @Override
    public RealServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Wanted wanted = Wanted.by(parameter.getParameter()).orElseThrow();
        return outermostClass(context).getStore(OURS).computeIfAbsent(wanted, RealServers::started, RealServer.class);
    }

    private static RealServer started(Wanted wanted) {
        wanted.release().availability().ifPresent(reason -> Assumptions.abort(
                wanted.kind() + " needs a server that cannot be had on this machine. " + reason));
        return RealServer.start(wanted);
    }

    /** Nested classes share the servers of the class around them. */
    private static ExtensionContext outermostClass(ExtensionContext context) {
        ExtensionContext found = context;
        ExtensionContext at = context;
        while (at.getTestClass().isPresent()) {
            found = at;
            at = at.getParent().orElseThrow();
        }
        return found;
    }
}
