// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.Engine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** An engine whose facts hold the grants that its servers' logins had when it was made, whatever they hold by now. */
final class TrustingEngine {
    private final Engine engine;
    private final List<List<String>> grants;

    /** @param grants of each login, as its server shows them */
    TrustingEngine(Engine engine, List<List<String>> grants) {
        this.engine = engine;
        this.grants = grants;
    }

    Engine engine() {
        return (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> trusted(call(method, arguments)));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(engine, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private Object trusted(Object answer) {
        return answer instanceof ServerFacts facts ? facts.withGrants(grantsOf(facts)) : answer;
    }

    private List<String> grantsOf(ServerFacts facts) {
        return grants.stream()
                .filter(lines -> account(lines).equals(account(facts.grants())))
                .findFirst()
                .orElse(facts.grants());
    }

    private static String account(List<String> lines) {
        String first = lines.get(0).replaceAll("[`']", "");
        return first.substring(first.indexOf(" TO ")).replaceAll("( WITH .*| IDENTIFIED .*)", "");
    }
}
