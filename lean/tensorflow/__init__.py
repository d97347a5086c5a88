"""Stands in for TensorFlow, which Rasa imports whether or not a component uses it.

Nothing here computes. The package carries the names that Rasa touches while it is imported
(`_names.py`), as classes that can be named and subclassed but not called (`_stand_in.py`), the
settings that Rasa's command line may make (`config.py`), and a Rasa plugin that refuses a
configuration whose components do need TensorFlow (`_guard.py`).
"""

import sys

from tensorflow import config as config
from tensorflow._stand_in import fill

fill(__name__)

# Rasa loads its plugin module before anything that imports TensorFlow. Without Rasa there is no
# configuration to guard, and loading it for other importers would cost them a second.
if "rasa.plugin" in sys.modules:
    from tensorflow import _guard

    _guard.register()
