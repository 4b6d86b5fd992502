// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.junit;

import java.util.Arrays;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the servers that their parameters ask for. JUnit makes it, by the annotations of the parameters. */
final class RealServers implements ParameterResolver, ExecutionCondition {
    private static final Namespace OURS = Namespace.create(RealServers.class);

    /** Made by JUnit. */
    RealServers() {}

    /** A test that asks for what cannot be had here is left out, with the reason: to fail it would say that something is wrong with the test. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod().stream()
                .flatMap(method -> Arrays.stream(method.getParameters()))
                .flatMap(parameter -> Wanted.by(parameter).stream())
                .flatMap(wanted -> wanted.unavailable().stream())
                .findFirst()
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("its servers can be had"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        boolean asks = Wanted.by(parameter.getParameter()).isPresent();
        if (asks && parameter.getParameter().getType() != RealServer.class) {
            throw new ParameterResolutionException(
                    "A parameter that asks for a server is a " + RealServer.class.getName() + ", not a "
                            + parameter.getParameter().getType().getName());
        }
        return asks;
    }

    @Override
    public RealServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Wanted wanted = Wanted.by(parameter.getParameter()).orElseThrow();
        return outermostClass(context).getStore(OURS).computeIfAbsent(wanted, RealServer::start, RealServer.class);
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
