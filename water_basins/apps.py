from django.apps import AppConfig


class WaterBasinsConfig(AppConfig):
    name = "water_basins"
    verbose_name = "Agua y cuencas"
