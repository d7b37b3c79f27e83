/** Where configuration, clock and client are wired to the loop. */
@NullMarked
package io.generalbots.operator.runtime;

import org.jspecify.annotations.NullMarked;
