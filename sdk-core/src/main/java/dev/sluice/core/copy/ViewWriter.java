// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.mysql.SqlFailures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Creates views that may read views, in an order that the server takes. One thread at a time. */
final class ViewWriter {
    private static final Pattern HEAD =
            Pattern.compile("CREATE (ALGORITHM=\\w+ )DEFINER=" + Definer.ACCOUNT + " SQL SECURITY \\w+ (VIEW )");

    /** The definer of a view that this one reads does not exist. */
    private static final int NO_SUCH_USER = 1449;

    private static final int CREATE = "CREATE ".length();
    private static final int MOST_IN_MESSAGE = 10;

    private final ObjectWriter objects;

    ViewWriter(ObjectWriter objects) {
        this.objects = objects;
    }

    void create(List<StoredObject> views) {
        Map<StoredObject, StepRefusedException> stuck = tryAll(views, StoredObject::createStatement, new ArrayList<>());
        if (stuck.values().stream().anyMatch(ViewWriter::lacksDefiner)) {
            stuck = createFromTheTop(views);
        }
        if (!stuck.isEmpty()) {
            throw notCreated(stuck);
        }
    }

    /** Whatever cannot be created yet is tried again after the others. Returns those that cannot be created at all. */
    private Map<StoredObject, StepRefusedException> tryAll(
            List<StoredObject> views, Text text, List<StoredObject> created) {
        Map<StoredObject, StepRefusedException> stuck = new LinkedHashMap<>();
        List<StoredObject> waiting = views;
        int before;
        do {
            before = waiting.size();
            stuck.clear();
            for (StoredObject view : waiting) {
                try {
                    objects.create(view, text.of(view));
                    created.add(view);
                } catch (StepRefusedException notYet) {
                    stuck.put(view, notYet);
                }
            }
            waiting = List.copyOf(stuck.keySet());
        } while (!waiting.isEmpty() && waiting.size() < before);
        return stuck;
    }

    /**
     * No view can be created upon one whose definer does not exist. So all are created without their definers first, and then
     * replaced, those that read others before these.
     */
    private Map<StoredObject, StepRefusedException> createFromTheTop(List<StoredObject> views) {
        List<StoredObject> bottomUp = new ArrayList<>();
        Map<StoredObject, StepRefusedException> stuck =
                tryAll(views, view -> replacing(withoutDefiner(view.createStatement())), bottomUp);
        if (stuck.isEmpty()) {
            for (int i = bottomUp.size() - 1; i >= 0; i--) {
                objects.create(bottomUp.get(i), replacing(bottomUp.get(i).createStatement()));
            }
        }
        return stuck;
    }

    private static String replacing(String createStatement) {
        return "CREATE OR REPLACE " + createStatement.substring(CREATE);
    }

    private static String withoutDefiner(String createStatement) {
        Matcher head = HEAD.matcher(createStatement);
        if (!head.lookingAt()) {
            throw new IllegalStateException("The server shows a view in words that are not known");
        }
        return "CREATE " + head.group(1) + "SQL SECURITY INVOKER " + head.group(2)
                + createStatement.substring(head.end());
    }

    private static boolean lacksDefiner(StepRefusedException failure) {
        return SqlFailures.serverError(failure)
                .filter(error -> error.number() == NO_SUCH_USER)
                .isPresent();
    }

    private static StepRefusedException notCreated(Map<StoredObject, StepRefusedException> stuck) {
        if (stuck.values().stream().noneMatch(failure -> failure.code() == CopyCode.NOT_CREATED)) {
            return stuck.values().iterator().next();
        }
        String all = stuck.values().stream()
                .limit(MOST_IN_MESSAGE)
                .map(failure -> failure.problems().get(0).what())
                .collect(Collectors.joining("; "));
        return new StepRefusedException(
                Problem.of(
                        CopyCode.VIEW_NOT_CREATED,
                        (stuck.size() > MOST_IN_MESSAGE ? stuck.size() + " views, among them: " : "") + all),
                stuck.values().iterator().next());
    }

    /** By which statement a view is created. */
    @FunctionalInterface
    private interface Text {
        String of(StoredObject view);
    }
}
