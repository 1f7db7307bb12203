"""AdventureWorks, Microsoft's fictional bicycle maker, as tables of the data contract."""
