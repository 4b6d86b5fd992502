// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.benchmarks.Contender.Role;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What all contenders took for one data set.
 *
 * @param name of the data set, and of the rows where there are more than one kind
 * @param description of the data set
 * @param turns each contender's, in order
 * @param missing by name, why others could not take part
 */
record RaceResult(String name, String description, Map<Contender, List<Turn>> turns, Map<String, String> missing) {
    double median(Contender contender, ToDoubleFunction<Turn> figure) {
        return Numbers.median(turns.getOrDefault(contender, List.of()).stream()
                .map(figure::applyAsDouble)
                .toList());
    }

    /** How many times as fast as the peers the SDK is, and how many times the limit's time it takes. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        seconds(Role.SDK).ifPresent(sdk -> {
            seconds(Role.MYSQLDUMP).ifPresent(peer -> ratios.put("vs_mysqldump", peer / sdk));
            seconds(Role.MYDUMPER).ifPresent(peer -> ratios.put("vs_mydumper", peer / sdk));
            seconds(Role.LIMIT).ifPresent(limit -> ratios.put("vs_limit", sdk / limit));
        });
        return ratios;
    }

    /** Of the fastest with this role. */
    private Optional<Double> seconds(Role role) {
        return turns.keySet().stream()
                .filter(contender -> contender.role() == role)
                .map(contender -> median(contender, Turn::seconds))
                .min(Comparator.naturalOrder());
    }
}
