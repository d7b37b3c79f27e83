/** The settings of General Bots' config.csv: which field each one is, read and written. */
@NullMarked
package io.generalbots.operator.config;

import org.jspecify.annotations.NullMarked;
