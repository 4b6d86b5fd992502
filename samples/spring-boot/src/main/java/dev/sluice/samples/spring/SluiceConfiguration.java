// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.external.ExternalEngine;
import dev.sluice.journal.jdbc.JdbcJournal;
import dev.sluice.micrometer.SluiceMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** All that Sluice needs of Spring: a database for the journal, a registry for the metrics, and the passwords. */
@Configuration(proxyBeanMethods = false)
class SluiceConfiguration {
    /** Actuator brings the registry. */
    @Bean
    SluiceMetrics metrics(MeterRegistry registry) {
        return SluiceMetrics.in(registry);
    }

    /** One for the whole service. Spring closes it at the end, which leaves its runs to be resumed. */
    @Bean
    Sluice sluice(DataSource journal, SluiceMetrics metrics, Environment environment) {
        return Sluice.builder()
                .engines(ExternalEngine.create())
                .journal(JdbcJournal.in(journal))
                // Plans and journal hold names of passwords only; each is looked up when a connection is opened.
                .secrets(SecretResolver.withNamed(name -> environment.getProperty("passwords." + name)))
                .listener(metrics)
                .build();
    }
}
