@NullMarked
package io.generalbots.operator.external.spread;

import org.jspecify.annotations.NullMarked;
