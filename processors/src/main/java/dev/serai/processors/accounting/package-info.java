/** The steps of {@code routes/accounting.camel.yaml}: reports of what calls used and cost. */
@NullMarked
package dev.serai.processors.accounting;

import org.jspecify.annotations.NullMarked;
