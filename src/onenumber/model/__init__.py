"""The nouns: period and calendar, axis, cube, quantity, money, sheets, finding, sentences, data contract."""
