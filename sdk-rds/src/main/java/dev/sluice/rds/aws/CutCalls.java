// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;

/**
 * Has the calls of a client end for their caller when its thread is interrupted, as it is when a step is stopped. The HTTP clients by themselves
 * do not hear that: they wait for the answer's first byte where no interrupt reaches them. So each call is made on a thread of its own, and a
 * caller that is interrupted leaves it alone; that thread ends with the call, at the client's own time limit at the latest, and what it
 * brings nobody looks at. Thread-safe.
 */
final class CutCalls implements InvocationHandler {
    private final Object client;

    private CutCalls(Object client) {
        this.client = client;
    }

    /** This client, with calls that can be cut. */
    static <C> C of(Class<C> api, C client) {
        return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, new CutCalls(client)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (SdkIterable.class.isAssignableFrom(method.getReturnType())) {
            // Its pages are calls themselves, of the client that made it.
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        return SdkResponse.class.isAssignableFrom(method.getReturnType())
                ? apart(method, arguments)
                : directly(method, arguments);
    }

    private @Nullable Object directly(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getTargetException();
        }
    }

    private @Nullable Object apart(Method method, Object @Nullable [] arguments) throws Throwable {
        FutureTask<@Nullable Object> call = new FutureTask<>(() -> method.invoke(client, arguments));
        Thread thread = new Thread(call, "sluice-aws-" + method.getName());
        thread.setDaemon(true);
        thread.start();
        try {
            return call.get();
        } catch (ExecutionException failure) {
            throw cause(failure);
        } catch (InterruptedException stopped) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw AbortedException.create("The answer to " + method.getName() + " was not waited for", stopped);
        }
    }

    private static Throwable cause(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof InvocationTargetException thrown) {
            return thrown.getTargetException();
        }
        return cause == null ? failure : cause;
    }
}
